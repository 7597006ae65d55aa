import { z } from 'zod';

/** An inbox's address, in small letters: capitals name no other person. */
export const mailAddress = z
  .string()
  .max(254)
  .toLowerCase()
  .regex(/^[^\s@]+@[^\s@]+$/, 'A mail address, such as li.mei@example.com.');
