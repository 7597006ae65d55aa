import { condition } from '@temporalio/workflow';
import type { CaseState } from '../../domain/cases/case';
import { addressOf, type Address, type Taken, type TemplateId } from '../../domain/messages/message';
import type { Fate, Planning, ToHandOver } from './messages';
import type { Story } from './story';

/** Said to the customer, about a matter that may still be open. */
export interface Said {
  message: ToHandOver;
  ordinal: number;
  by: Taken;
  /** The news after which it need not be said again. */
  unless(): boolean;
  /** Why it must be: it did not arrive, or it went where the customer is not. */
  again?: 'undelivered' | 'new-address';
}

interface Handing {
  handOver(template: TemplateId, next: () => Promise<ToHandOver | undefined>): Promise<Fate>;
  noteTold(message: ToHandOver, ordinal: number, by: Taken): void;
}

/** What was told and did not reach the customer, as long as it still matters. */
export function sayingAgain<State extends CaseState>(
  story: Story<State>,
  { isAbout, ready }: Planning,
  { handOver, noteTold }: Handing,
) {
  const toSayAgain = () => Object.values(story.said).find(({ again, message }) => again && isAbout(message.matter));

  /** Beside the chapter, for as long as its matter is open. */
  async function mindWhatWasSaid(): Promise<never> {
    for (;;) {
      await condition(() => toSayAgain() !== undefined);
      const said = toSayAgain();
      if (!said) continue;
      await sayAgain(said);
      await ready();
    }
  }

  /**
   * By the next channel, or to the new address: which one is seen where it is handed over. It still says what it said at first, and
   * by when: after that it is too late. Only where nothing reaches the customer, its loss is felt.
   */
  async function sayAgain(said: Said): Promise<void> {
    const { message, ordinal, by, again, unless } = said;
    const { template } = message;
    delete said.again;
    const fate = await handOver(template, async () => (unless() ? undefined : { ...message, countedFrom: by.saidAt }));
    if (fate.is === 'told' && fate.by.intent !== by.intent) {
      said.by = fate.by;
      noteTold(message, ordinal, fate.by);
    }
    if (fate.is !== 'not-told') return;
    delete story.said[message.key];
    if (again === 'new-address' && fate.reason === 'expired') return;
    if (again === 'new-address') story.note('not-told', { template, reason: fate.reason });
    story.losses[template]?.();
  }

  return { mindWhatWasSaid };
}

/** A text that counted as told did not arrive after all. Answers whether anybody had told it by this intent. */
export function notArrived<State extends CaseState>({ said }: Story<State>, key: string, intent: string): boolean {
  const lost = said[key];
  if (!lost || lost.by.intent !== intent) return false;
  lost.again = 'undelivered';
  return true;
}

/**
 * The customer is reached elsewhere: of each matter the latest word that went to the old address is said again to the new one, and
 * what is under way does not wait to hear from the old one. An answer to who wrote from there is no news to anybody else.
 */
export function addressesChanged<State extends CaseState>(story: Story<State>, gives: Address[]): void {
  const latest: Record<string, Said> = {};
  for (const said of Object.values(story.said)) if (!said.message.answersReply) latest[said.message.matter] = said;
  for (const said of Object.values(latest)) if (gives.includes(addressOf[said.by.channel])) said.again = 'new-address';
  if (gives.length === 0) return;
  story.addressChanges += 1;
  for (const key of story.awaitedNews) story.messageNews[key] = 'again';
}
