const gsmBasic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const gsmExtended = '^{}\\[~]|€\f';

/** How many SMS the carrier bills for a text: 160 or 153 GSM-7 units each, 70 or 67 UTF-16 units as soon as one character is outside. */
export function segmentsOf(text: string): number {
  const characters = [...text];
  if (!characters.every((one) => gsmBasic.includes(one) || gsmExtended.includes(one)))
    return parts(text.length, { alone: 70, each: 67 });
  const units = characters.length + characters.filter((one) => gsmExtended.includes(one)).length;
  return parts(units, { alone: 160, each: 153 });
}

function parts(units: number, limit: { alone: number; each: number }): number {
  return units <= limit.alone ? 1 : Math.ceil(units / limit.each);
}
