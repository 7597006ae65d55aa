/** A rule's "no": what the caller is told, and which rule says so. It is an answer, never an exception. */
export interface Refusal {
  code: string;
  message: string;
  rule?: string;
}
