/**
 * Aborted when somebody wants us to stop: by Ctrl-C, by closing the terminal, by ending whoever started us (then the channel to it closes).
 * A first wish is enough; repeating it changes nothing.
 */
export function wishToStop(): AbortController {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  process.on('disconnect', () => stop.abort());
  // A terminal that was closed takes no more words: that must not end us before the rest.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return stop;
}
