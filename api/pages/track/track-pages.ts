import type { Request, Response, Router } from 'express';
import { hashOf, newToken } from '../../../prisma/links';
import { answerQuestion, showReceipt } from '../customer/answers';
import { readCase, readShop } from '../customer/case-row';
import { field, type Enter, type Pages } from '../customer/entrance';
import { tongueOf } from '../customer/language';
import { presentCase } from '../customer/present-case';
import { sendPage } from '../customer/send-page';
import { giveCookie, visitOf } from '../customer/visit';
import { caseNumberAsTyped, digitsAsTyped } from './as-typed';

const base = '/track';
const home = '/track/case';

/** By case number and short code, without a login: for customers whose texts may carry no link. */
export function trackPages(router: Router, pages: Pages): void {
  const { database, count, secure } = pages;

  async function form(request: Request, response: Response, isRefused: boolean): Promise<void> {
    const page = { status: isRefused ? 403 : 200, tongue: tongueOf(request), shop: await readShop(database.pool) };
    sendPage(response, 'track', page, { isRefused });
  }
  const entrance: Enter = (request, response) => ({
    base,
    home,
    visit: () => visitOf(database, request, undefined),
    refuse: () => form(request, response, true),
  });

  router.get('/track', (request, response) => form(request, response, false));

  router.post('/track', async (request, response) => {
    const caseNumber = caseNumberAsTyped(field(request, 'case'));
    const code = digitsAsTyped(field(request, 'code'));
    await count.try(request, `track ${caseNumber}`);
    const token = newToken();
    const { rows } = await database.pool.query<{ entered: boolean }>(
      'SELECT $1::text IS NOT NULL AND $2::text IS NOT NULL AND enter_by_code($1, $2, $3) AS entered',
      [caseNumber, code, hashOf(token)],
    );
    if (!rows[0]?.entered) return form(request, response, true);
    giveCookie(response, token, base, secure);
    response.redirect(303, home + tongueOf(request).query);
  });

  router.get('/track/case', async (request, response) => {
    const visit = await entrance(request, response).visit();
    const row = visit && (await readCase(database.pool, visit.caseNumber));
    if (!visit || !row) return response.redirect(303, base + tongueOf(request).query);
    const tongue = tongueOf(request, row.language);
    const shown = presentCase(row, tongue.language, true);
    sendPage(response, 'case', { tongue, shop: row }, { base, shown, isKnown: true, ...visit });
  });

  router.post('/track/answers/:question', (request, response) =>
    answerQuestion(pages, entrance(request, response), request, response),
  );
  router.get('/track/answers/:question', (request, response) =>
    showReceipt(pages, entrance(request, response), request, response),
  );
}
