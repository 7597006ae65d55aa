import type { Language } from '../policies/terms';

/** A line of the footer. `link` is where its `words` lead. */
export interface FooterLine {
  before: string;
  words: string;
  link?: string;
  after: string;
}

interface Parts {
  subject: string;
  brand: string;
  body: string;
  footer: FooterLine[];
  language: Language;
}

const fonts =
  "system-ui,-apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Segoe UI',Roboto,Arial,sans-serif";
const breakable = 'overflow-wrap:anywhere;word-break:break-word';

/**
 * A mail's HTML part: blocks with inline styles and nothing else, since mail programs drop or break the rest. It names no colour of
 * words or background, so that a dark one shows it dark; it loads nothing and tells nobody that it was read.
 */
export function mailPage({ subject, brand, body, footer, language }: Parts): string {
  const small = `margin:0 0 4px;font-size:14px;line-height:1.6;${breakable}`;
  return [
    '<!doctype html>',
    `<html lang="${language}" dir="ltr">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="supported-color-schemes" content="light dark">',
    '<meta name="format-detection" content="telephone=no,date=no,address=no">',
    '<style>:root{color-scheme:light dark}</style>',
    `<title>${escaped(subject)}</title>`,
    '</head>',
    '<body style="margin:0;padding:0">',
    `<div lang="${language}" dir="ltr" style="max-width:600px;margin:0 auto;padding:24px 20px;font-family:${fonts}">`,
    `<p style="margin:0 0 16px;padding:0 0 12px;border-bottom:2px solid #3b82f6;font-size:18px;font-weight:600;line-height:1.4;${breakable}">${shown(brand)}</p>`,
    `<p style="margin:0 0 24px;font-size:16px;line-height:1.7;${breakable}">${shown(body)}</p>`,
    '<div style="padding:16px 0 0;border-top:1px solid #9ca3af">',
    ...footer.map((line) => `<p style="${small}">${footerLine(line)}</p>`),
    '</div>',
    '</div>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function footerLine({ before, words, link, after }: FooterLine): string {
  const said = escaped(words);
  if (!link) return `${escaped(before)}${said}${escaped(after)}`;
  // A number that is cut in two is read wrong; an address of a page may be too long for a phone.
  const style = link.startsWith('tel:') ? 'color:inherit;white-space:nowrap' : 'color:inherit';
  const linked = `<a href="${escaped(link)}" target="_blank" rel="noopener noreferrer" style="${style}">${said}</a>`;
  return `${escaped(before)}${linked}${escaped(after)}`;
}

/** As text that stands for itself: nothing in it is markup, and its lines stay lines. */
function shown(words: string): string {
  return words.split('\n').map(isolated).join('<br>\n');
}

const rightToLeft = String.raw`[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]`;
/** From the first such letter to the last one, with the digits and spaces between them. */
const rightToLeftRun = new RegExp(`${rightToLeft}(?:[\\p{M}\\p{N}\\s'’-]*${rightToLeft})*\\p{M}*`, 'gu');

/** A name in Arabic or Hebrew must not turn round what follows it, such as a date or a digit to answer with. */
function isolated(line: string): string {
  let html = '';
  let end = 0;
  for (const { 0: run, index } of line.matchAll(rightToLeftRun)) {
    html += `${escaped(line.slice(end, index))}<bdi>${escaped(run)}</bdi>`;
    end = index + run.length;
  }
  return html + escaped(line.slice(end));
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (words: string): string => words.replace(/[&<>"']/g, (one) => entities[one] ?? one);
