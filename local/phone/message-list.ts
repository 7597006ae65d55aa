import { accountPath, messageResource } from './message-resource';
import type { Text } from './record';

const pageSizeDefault = 50;
const pageSizeMost = 1000;

/**
 * One page of the carrier's message list, with the links its library follows.
 * @param texts newest first.
 * @param query `To`, `From`, `DateSent` (a day), `DateSent>` and `DateSent<` (days or instants, inclusive), `PageSize`, `Page`, `PageToken`.
 */
export function pageOf(accountSid: string, texts: Text[], query: URLSearchParams): { [field: string]: unknown } {
  const path = `${accountPath(accountSid)}/Messages.json`;
  const matching = texts.filter((text) => matches(text, query));
  const size = Math.min(Math.max(Number(query.get('PageSize')) || pageSizeDefault, 1), pageSizeMost);
  const page = Number(query.get('Page')) || 0;
  const start = startOf(matching, query, page * size);
  const shown = matching.slice(start, start + size);
  const last = shown.at(-1);
  const hasMore = start + size < matching.length;

  return {
    uri: link(path, query, {}),
    first_page_uri: link(path, query, { PageSize: size, Page: 0 }, 'PageToken'),
    next_page_uri:
      last && hasMore ? link(path, query, { PageSize: size, Page: page + 1, PageToken: `PA${last.sid}` }) : null,
    previous_page_uri: page > 0 ? link(path, query, { PageSize: size, Page: page - 1 }, 'PageToken') : null,
    page,
    page_size: size,
    start,
    end: Math.max(start, start + shown.length - 1),
    messages: shown.map((text) => messageResource(accountSid, text)),
  };
}

/** A token names the last text of the page before, so that texts that come in between neither hide one nor show one twice. */
function startOf(matching: Text[], query: URLSearchParams, otherwise: number): number {
  const token = query.get('PageToken');
  if (token === null) return otherwise;
  return matching.findIndex(({ sid }) => `PA${sid}` === token) + 1 || otherwise;
}

function matches(text: Text, query: URLSearchParams): boolean {
  const sentAt = text.sentAt ?? text.createdAt;
  const [day, after, before] = [query.get('DateSent'), query.get('DateSent>'), query.get('DateSent<')];
  return (
    [null, text.to].includes(query.get('To')) &&
    [null, text.from].includes(query.get('From')) &&
    (!day || sentAt.slice(0, 10) === day.slice(0, 10)) &&
    (!after || toSecond(sentAt) >= Date.parse(after)) &&
    (!before || toSecond(sentAt) <= Date.parse(before))
  );
}

/** The carrier's times have no fractions of a second; a filter must not be finer than what it shows. */
function toSecond(instant: string): number {
  return Math.floor(Date.parse(instant) / 1000) * 1000;
}

function link(path: string, query: URLSearchParams, set: { [name: string]: string | number }, without = ''): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(set)) next.set(name, String(value));
  next.delete(without);
  return `${path}?${next}`;
}
