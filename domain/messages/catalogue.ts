import type { TemplateId } from './message';
import type { Template } from './template';
import { guidanceCheck } from './templates/guidance-check';
import { notUnderstood } from './templates/not-understood';
import { satisfaction } from './templates/satisfaction';

/** Every text that a customer may get. */
export const catalogue: Record<TemplateId, Template> = {
  'guidance-check': guidanceCheck,
  'not-understood': notUnderstood,
  satisfaction,
};
