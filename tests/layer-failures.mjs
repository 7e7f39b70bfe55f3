// What of a layer's log tells why it failed, short enough to stand at the end of a run's output.
const LINES = 60;
const WIDTH = 300;

/** The failed tests with their messages; the log's end where no test was counted. */
export function excerpt(log, lines = LINES) {
  const all = log.trimEnd().split('\n');
  const from = all.findIndex((line) => /Failed (Tests|Suites) \d+/.test(line));
  const shown = from < 0 ? all.slice(-lines) : all.slice(from).filter((line) => !FRAME.test(line));
  const told = shown.map((line) => (line.length > WIDTH ? `${line.slice(0, WIDTH)}…` : line));
  const cut = told.length - lines;
  return cut > 0 && from >= 0
    ? [...told.slice(0, lines), `… ${cut} lines more in the log`]
    : told.slice(0, lines);
}

/** Lines of source around a failure, rules and gaps: what a reader can look up. */
const FRAME = /^\s*(\d+\||\||⎯+|$)/u;
