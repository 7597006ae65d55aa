import type { Request } from 'express';
import type { Language } from '../../../domain/policies/terms';

/** What a page is written in, and whether the reader chose it himself; then its links and forms keep it. */
export interface Tongue {
  language: Language;
  /** `?lang=en`, or nothing. */
  query: '' | `?lang=${Language}`;
}

/** What the reader chose, else the customer's own language once it is known, else what his browser asks for. */
export function tongueOf(request: Request, own?: Language): Tongue {
  const chosen = request.query.lang;
  if (chosen === 'zh-CN' || chosen === 'en') return { language: chosen, query: `?lang=${chosen}` };
  return { language: own ?? byBrowser(request), query: '' };
}

function byBrowser(request: Request): Language {
  return request.acceptsLanguages('zh-CN', 'zh', 'en') === 'en' ? 'en' : 'zh-CN';
}
