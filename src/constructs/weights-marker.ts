/** File that the download writes last into the folder of the weights: what was asked for, and every file with its size. */
export const WEIGHTS_MARKER = '.berth-complete.json';
