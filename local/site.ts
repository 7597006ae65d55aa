import type { Settings } from './settings';

/** What everybody who starts something here must know. */
export interface Site {
  settings: Settings;
  say: (line: string) => void;
  /** Once aborted, nothing is started any more. */
  stopping: AbortSignal;
}
