import type { Request, Response, Router } from 'express';
import { hashOf, newToken, tokenPattern } from '../../../prisma/links';
import { digitsAsTyped } from '../track/as-typed';
import { answerQuestion, showReceipt } from './answers';
import { caseOfLink, readCase, readShop } from './case-row';
import { field, type Enter, type Pages } from './entrance';
import { tongueOf } from './language';
import { presentCase } from './present-case';
import { sendPage } from './send-page';
import { giveCookie, visitOf } from './visit';

/**
 * By a link. Whoever opens it, a scanner too, sees what was promised and changes nothing; the rest needs digits that only the customer
 * knows.
 */
export function linkPages(router: Router, pages: Pages): void {
  const { database, count, secure } = pages;

  async function noEntry(request: Request, response: Response): Promise<void> {
    const page = { status: 404, tongue: tongueOf(request), shop: await readShop(database.pool) };
    sendPage(response, 'no-entry', page);
  }
  const entrance: Enter = (request, response) => {
    const token = tokenOf(request);
    return {
      base: `/p/${token}`,
      home: `/p/${token}`,
      visit: () => visitOf(database, request, token),
      refuse: () => noEntry(request, response),
    };
  };

  router.get('/p/:token', async (request, response) => {
    const { base, visit: visitHere } = entrance(request, response);
    const link = await caseOfLink(database.pool, hashOf(tokenOf(request)));
    const row = link && (await readCase(database.pool, link.caseNumber));
    if (!row) return noEntry(request, response);
    const visit = await visitHere();
    const tongue = tongueOf(request, row.language);
    const shown = presentCase(row, tongue.language, visit !== undefined);
    const { mayAnswer = link.purpose === 'answer', csrf = '' } = visit ?? {};
    sendPage(response, 'case', { tongue, shop: row }, { base, shown, isKnown: visit !== undefined, mayAnswer, csrf });
  });

  router.post('/p/:token', async (request, response) => {
    const { base, refuse } = entrance(request, response);
    const tokenHash = hashOf(tokenOf(request));
    const digits = digitsAsTyped(field(request, 'digits'));
    await count.try(request, `link ${tokenHash}`);
    if (digits === undefined) return refuse();
    const token = newToken();
    const { rows } = await database.pool.query<{ entered: boolean }>('SELECT enter_by_link($1, $2, $3) AS entered', [
      tokenHash,
      digits,
      hashOf(token),
    ]);
    if (!rows[0]?.entered) return refuse();
    giveCookie(response, token, base, secure);
    response.redirect(303, base + tongueOf(request).query);
  });

  router.post('/p/:token/answers/:question', (request, response) =>
    answerQuestion(pages, entrance(request, response), request, response),
  );
  router.get('/p/:token/answers/:question', (request, response) =>
    showReceipt(pages, entrance(request, response), request, response),
  );
}

/** What can be no token leads nowhere, like one that nobody has. */
function tokenOf({ params }: Request): string {
  const token = String(params.token);
  return tokenPattern.test(token) ? token : 'none';
}
