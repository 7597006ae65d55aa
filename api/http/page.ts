import { z } from 'zod';
import { problem } from '../problem';

/** How a list is read on. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional().meta({ description: '`nextCursor` of the page before.' }),
};

export const listOf = (item: z.ZodType) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().meta({ description: 'null: this is the last page.' }),
  });

/** Since 1970: an instant as the database sorts it, finer than JavaScript's. */
export const microseconds = z.string().regex(/^\d{1,17}$/);

/** A row's number in its table. */
export const rowId = z.string().regex(/^\d{1,18}$/);

/** Where a page ended: opaque to the caller. */
export const cursorOf = (...place: string[]): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** @throws invalid-request for a cursor that none of our pages gave. */
export function placeOf<Place extends string[]>(
  cursor: string | undefined,
  parts: z.ZodType<Place>,
  parameter = 'cursor',
): Place | undefined {
  if (cursor === undefined) return undefined;
  try {
    return parts.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    const detail = 'This cursor was not given by us.';
    throw problem('invalid-request', detail, { errors: [{ parameter, detail }] });
  }
}

/** One row more than the page was read, to know whether there is another. */
export function pageOf<Row, Item>(
  rows: Row[],
  limit: number,
  show: (row: Row) => Item,
  placeAfter: (row: Row) => string,
) {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { items: page.map(show), nextCursor: rows.length > limit && last ? placeAfter(last) : null };
}
