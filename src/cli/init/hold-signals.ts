const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does two steps that a signal must not cut: it ends the work between them, or comes too late.
 * @param interrupted Thrown where a signal came during the first step; then the second one is not begun.
 */
export async function holdingSignals<T>(
  first: () => T,
  second: () => void,
  interrupted: () => Error,
): Promise<T> {
  let asked = false;
  const note = () => {
    asked = true;
  };
  for (const signal of SIGNALS) process.on(signal, note);
  try {
    const result = first();
    // Handlers run between the steps only: give them their turn.
    await new Promise((resolve) => setImmediate(resolve));
    if (asked) throw interrupted();
    second();
    return result;
  } finally {
    for (const signal of SIGNALS) process.off(signal, note);
  }
}
