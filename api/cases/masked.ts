/** What a caller without `cases:personal` sees of a person: that there is something, and enough to tell two apart. */
export const hidden = '***';

export const maskedName = (name: string | null): string | null => name && `${[...name][0]}**`;

/** As in the logs: `+86*******8000`. */
export const maskedPhone = (phone: string | null): string | null =>
  phone && phone.slice(0, 3) + '*'.repeat(Math.max(0, phone.length - 7)) + phone.slice(-4);

export const maskedEmail = (email: string | null): string | null =>
  email && `${email[0]}***@${email.slice(email.indexOf('@') + 1)}`;

export const maskedText = (text: string | null): string | null => text && hidden;
