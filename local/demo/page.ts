import { Trouble } from '../trouble';
import type { PromiseSeen } from './product';

const columns = 88;
const margin = '  ';
/** `23:59:59` and two spaces. */
const hanging = ' '.repeat(10);
/** As long as the longest kind of promise, `headquarters-informed`. */
const kindColumns = 21;
const beneath = `${margin}  ${' '.repeat(kindColumns + 1)}`;

export type Page = ReturnType<typeof createPage>;

/** A story on a terminal: 88 columns, no colours, times in the store's zone. */
export function createPage(print: (line: string) => void = console.log) {
  let zone = 'UTC';
  let day = '';
  const blank = () => print('');
  const lines = (text: string, first: string, rest: string) => {
    wrap(text, columns - rest.length).forEach((line, i) => print(`${i === 0 ? first : rest}${line}`.trimEnd()));
  };
  const underline = (title: string, right: string) => {
    print(`${title}${' '.repeat(Math.max(2, columns - widthOf(title) - widthOf(right)))}${right}`.trimEnd());
    print('─'.repeat(columns));
  };

  return {
    say: (text: string) => lines(text, '', ''),
    heading(title: string, right: string) {
      blank();
      underline(title, right);
    },
    /** From here on, times are those of this zone. */
    begin(title: string, right: string, timeZone: string) {
      zone = timeZone;
      day = '';
      this.heading(title, right);
    },
    /**
     * One line of the story, at an instant of the case.
     * @throws Trouble when it is not so.
     */
    tell(at: string, sentence: string, isSo: boolean) {
      if (!isSo) throw new Trouble(`Not as told: at ${timeIn(zone, at)}, "${sentence}"`);
      const today = dayIn(zone, at);
      if (today !== day) print(`${margin}${(day = today)}, ${zone}`);
      lines(sentence, `${margin}${timeIn(zone, at)}  `, `${margin}${hanging}`);
    },
    text(body: string) {
      const indent = `${margin}${hanging}`;
      print(`${indent}╭${'─'.repeat(20)}`);
      lines(body, `${indent}│ `, `${indent}│ `);
      print(`${indent}╰${'─'.repeat(20)}`);
    },
    promises(made: PromiseSeen[]) {
      blank();
      print(`${margin}Promised, and what became of it`);
      for (const { kind, dueAt, because, outcome, reason } of made) {
        const ended = `${outcome ?? 'open'}${reason ? `: ${reason}` : ''}`;
        print(`${margin}  ${kind.padEnd(kindColumns)} due ${dayAndTimeIn(zone, dueAt)}  ${ended}`);
        lines(`because ${because.join('; ')}`, beneath, beneath);
      }
    },
    links(to: [string, string][]) {
      blank();
      for (const [name, url] of to) print(`${margin}${name.padEnd(16)}${url}`);
    },
    time: (at: string) => timeIn(zone, at),
    dayAndTime: (at: string) => dayAndTimeIn(zone, at),
  };
}

const timeIn = (zone: string, at: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(
    new Date(at),
  );

/** `Fri, 27 Nov, 10:00`. */
const dayAndTimeIn = (zone: string, at: string) =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(at));

const dayIn = (zone: string, at: string) =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(new Date(at));

/** A word, or a character of a script without spaces; punctuation stays with what it closes. */
const unbroken = /(?:[!-~]+|[^!-~\s])[\p{Po}\p{Pe}\s]*/gu;

function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const piece of text.match(unbroken) ?? []) {
    if (widthOf(`${lines.at(-1)}${piece.trimEnd()}`) > width) lines.push('');
    lines[lines.length - 1] += piece;
  }
  return lines;
}

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

/** In columns of a terminal: a Chinese character takes two. */
const widthOf = (text: string): number => text.length + (text.match(wide)?.length ?? 0);
