import { proxySinks, type Sinks, type WorkflowInterceptors } from '@temporalio/workflow';

/** What a story asks the server and its own database for, in the order in which it does. */
export type Issued =
  | { kind: 'timer'; id: string; milliseconds: number }
  | { kind: 'activity'; id: string; type: string; args: unknown[] }
  | { kind: 'step'; id: string; type: string; args: unknown[] };

export interface CommandSinks extends Sinks {
  commands: { issued(command: Issued): void };
}

const { commands } = proxySinks<CommandSinks>();

/** As they are at this moment: a story goes on with the same objects. */
const asTheyAre = (args: unknown[]) => JSON.parse(JSON.stringify(args)) as unknown[];

/** Bundled beside the stories in the replay test: replay itself compares neither lengths nor arguments. */
export const interceptors = (): WorkflowInterceptors => ({
  outbound: [
    {
      startTimer(input, next) {
        commands.issued({ kind: 'timer', id: String(input.seq), milliseconds: input.durationMs });
        return next(input);
      },
      scheduleActivity(input, next) {
        const { activityType: type, args, seq } = input;
        commands.issued({ kind: 'activity', id: String(seq), type, args: asTheyAre(args) });
        return next(input);
      },
      scheduleLocalActivity(input, next) {
        const { activityType: type, args, seq } = input;
        commands.issued({ kind: 'step', id: String(seq), type, args: asTheyAre(args) });
        return next(input);
      },
    },
  ],
});
