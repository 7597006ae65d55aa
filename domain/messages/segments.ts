const gsmBasic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const gsmExtended = '^{}\\[~]|€\f';

/** Whether the alphabet of old phones (GSM 03.38) holds every character: one that it does not makes the whole text UCS-2. */
export function isGsm7(text: string): boolean {
  return [...text].every((character) => gsmBasic.includes(character) || gsmExtended.includes(character));
}

/** How many SMS a text is: 160 or 153 units each in GSM-7, 70 or 67 in UCS-2, the smaller figure as soon as it is more than one. */
export function segmentsOf(text: string): number {
  if (!isGsm7(text)) return parts(text.length, { alone: 70, each: 67 });
  const escaped = [...text].filter((character) => gsmExtended.includes(character)).length;
  return parts(text.length + escaped, { alone: 160, each: 153 });
}

function parts(units: number, { alone, each }: { alone: number; each: number }): number {
  return units <= alone ? 1 : Math.ceil(units / each);
}
