import { z } from 'zod';
import { text } from '../../http/input';

/** What several actions say. */
export const what = text(2000).meta({ description: 'In words; stays in PostgreSQL.' });
export const reason = text(1000);
export const callOutcome = z.enum([
  'works',
  'does-not-work',
  'satisfied',
  'not-satisfied',
  'told',
  'agreed',
  'arrived',
  'not-arrived',
  'no-answer',
  'call-later',
]);
