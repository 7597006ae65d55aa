import type { Request, Response } from 'express';
import { dayWords } from '../../../domain/calendar/words';
import { readCase, type CaseRow, type QuestionRow } from './case-row';
import { field, type Entrance, type Pages } from './entrance';
import { tongueOf } from './language';
import { choiceInWords, daysFor, presentQuestion } from './present-case';
import { sendPage } from './send-page';
import { isOwnForm, type Visit } from './visit';

interface Asked {
  visit: Visit;
  row: CaseRow;
  question: QuestionRow;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A button was pressed: stored once, then the receipt (303), so that a reload presses nothing. */
export async function answerQuestion(
  { database: { pool }, log }: Pages,
  entrance: Entrance,
  request: Request,
  response: Response,
): Promise<void> {
  const found = await asked(pool, entrance, request);
  const choice = field(request, 'choice');
  if (!found?.visit.mayAnswer || !isOwnForm(found.visit, field(request, 'csrf'))) return entrance.refuse();
  const { row, question } = found;
  if (!question.choices.some((one) => one.choice === choice)) return entrance.refuse();
  const day = choice === 'day' ? field(request, 'day') : undefined;
  const home = entrance.home + tongueOf(request).query;
  if (day !== undefined && !mayName(day, row, question)) return response.redirect(303, home); // today, a minute too late

  const { caseNumber, language } = row;
  const words = day ? dayWords(day, language) : choiceInWords(question.template, choice, language);
  const { rows } = await pool.query<{ outcome: string }>('SELECT receive_answer($1) AS outcome', [
    { messageId: question.id, caseNumber, choice, words, ...(day && { day }) },
  ]);
  log.info({ caseNumber, choice, outcome: rows[0]?.outcome }, 'a customer answered on a page');
  response.redirect(303, `${entrance.base}/answers/${question.id}${tongueOf(request).query}`);
}

/** A day on offer, or the one that was named before: pressed again, or after its hour has passed, it shows the same receipt. */
const mayName = (day: string, row: CaseRow, question: QuestionRow) =>
  day === question.answer?.day || daysFor(row, question).includes(day);

/** What we have of the customer's answer, read off what is stored: the same after the first press and after the second. */
export async function showReceipt(
  { database: { pool } }: Pages,
  entrance: Entrance,
  request: Request,
  response: Response,
): Promise<void> {
  const found = await asked(pool, entrance, request);
  if (!found) return entrance.refuse();
  const { row, question } = found;
  const tongue = tongueOf(request, row.language);
  const home = entrance.home + tongue.query;
  if (question.isOpen && !question.answer) return response.redirect(303, home);
  sendPage(
    response,
    'receipt',
    { tongue, shop: row },
    {
      question: presentQuestion(row, question, tongue.language),
      home,
    },
  );
}

async function asked(
  pool: Pages['database']['pool'],
  entrance: Entrance,
  request: Request,
): Promise<Asked | undefined> {
  const id = String(request.params.question);
  const visit = uuid.test(id) && (await entrance.visit());
  const row = visit && (await readCase(pool, visit.caseNumber));
  const question = row && row.questions.find((one) => one.id === id);
  return visit && row && question ? { visit, row, question } : undefined;
}
