import { eventually } from './http';
import type { Page } from './page';
import type { OpenCase } from './product';
import { second } from './timing';

export type PhoneInHand = ReturnType<typeof phoneInHand>;

interface Expected {
  /** When it is due: it is there within 5 s of that. */
  due?: string | undefined;
  /** What it says, among others. */
  says?: string;
}

/** Her phone, text by text: what it shows is what the ledger says that she was told. */
export function phoneInHand(repair: OpenCase, page: Page) {
  let known = 0;
  return {
    /** One more text lights up, and no second one. Answers when it was handed over, in case time. */
    async lightsUp(sentence: string, { due, says = '' }: Expected = {}): Promise<string> {
      known += 1;
      const texts = await eventually(repair.texts, ({ length }) => length >= known);
      const told = (await repair.messages()).findLast(({ caseTime }) => caseTime !== null);
      const at = told?.caseTime ?? '';
      const text = texts.at(-1)?.text ?? '';
      const isInTime = due === undefined || isWithin(at, due);
      page.tell(at, sentence, texts.length === known && text === told?.text && text.includes(says) && isInTime);
      page.text(text);
      return at;
    },
    /** The digit that the text names for an answer: each open question has its own. */
    async digit(answer: string): Promise<string> {
      const text = (await repair.texts()).at(-1)?.text ?? '';
      return new RegExp(`(\\d+) = ${answer}`).exec(text)?.[1] ?? '';
    },
    async isSilent(at: string, sentence: string, isSo = true): Promise<void> {
      page.tell(at, sentence, isSo && (await repair.texts()).length === known);
    },
  };
}

const isWithin = (at: string, due: string) =>
  Date.parse(at) >= Date.parse(due) && Date.parse(at) < Date.parse(due) + 5 * second;
