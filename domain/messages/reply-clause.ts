import type { Language } from '../policies/terms';
import type { RenderFacts } from './render';
import type { Template } from './template';

/** The words of a template with what its reply clause comes to: digits or a plain reply, a link, or the number to call. */
export function withReplyClause(
  { words, choices = {}, takesDetails }: Template,
  { language, digits, link, twoWay = false }: Pick<RenderFacts, 'language' | 'digits' | 'link' | 'twoWay'>,
): string {
  return words[language].replace(/⟦(.*)⟧/u, (_clause, reply: string) => {
    const needsDigits = ['choices', ...Object.keys(choices)].some((place) => reply.includes(`{${place}}`));
    if (digits ?? (twoWay && !needsDigits)) return reply;
    if (link) return linkClause(link, language, takesDetails);
    const namesPhone = words[language].includes('{phone}');
    if (language === 'en') {
      const what = takesDetails ? 'To add details' : 'To answer';
      return `${what}, call ${namesPhone ? 'us' : '{phone}'}, code {code}. `;
    }
    return `${takesDetails ? '补充情况' : '答复'}请致电${namesPhone ? '客服' : '{phone}'}，报短码{code}。`;
  });
}

/** A space ends the address: phones take a letter or a full stop behind it for a part of it. */
function linkClause(link: string, language: Language, takesDetails = false): string {
  if (language === 'en') return `${takesDetails ? 'Follow it here' : 'Answer here'}: ${link} `;
  return `${takesDetails ? '查看进度' : '在线答复'}：${link} `;
}
