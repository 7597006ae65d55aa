import { join } from 'node:path';
import { Eta } from 'eta';
import type { Response } from 'express';
import type { Shop } from './case-row';
import { labels } from './labels';
import type { Tongue } from './language';

const eta = new Eta({ views: join(__dirname, 'templates'), cache: true });

export type Template = 'track' | 'case' | 'receipt' | 'no-entry' | 'trouble';

export interface Page {
  status?: number;
  tongue: Tongue;
  /** Without it, where nothing can be read, no number to call stands on the page. */
  shop?: Shop;
}

/** One page of HTML. Everything that it is given is escaped by the template. */
export function sendPage(response: Response, template: Template, page: Page, facts: object = {}): void {
  const { status = 200, tongue, shop } = page;
  const { language } = tongue;
  const brand = shop?.brand[language] ?? '';
  const html = eta.render(template, { ...facts, tongue, brand, phone: shop?.phone ?? '', words: labels[language] });
  response.status(status).type('html').send(html);
}
