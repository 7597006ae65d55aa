/** The workflow that is a case: its id is the case number. */
export const workflowIdOf = (caseNumber: string): string => caseNumber;

/** The type of the story of each kind of case. */
export const storyOf = { repair: 'repairCase' } as const;

export type KindOfCase = keyof typeof storyOf;
