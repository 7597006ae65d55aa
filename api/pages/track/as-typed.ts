/** A case number however people type it: small letters, without dashes, full-width, O for 0, I or L for 1. */
export function caseNumberAsTyped(text: string): string | undefined {
  const plain = text.slice(0, 100).normalize('NFKC').toUpperCase();
  const said = plain.replace(/[^0-9A-Z]/g, '');
  const letters = (said.length === 10 && said.startsWith('AC') ? said.slice(2) : said)
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(letters) ? `AC-${letters.slice(0, 4)}-${letters.slice(4)}` : undefined;
}

/** Four digits, also full-width and with spaces; everything else is no try at all. */
export function digitsAsTyped(text: string): string | undefined {
  const digits = text.slice(0, 100).normalize('NFKC').replace(/\s/g, '');
  return /^\d{4}$/.test(digits) ? digits : undefined;
}
