/** One plain page of ours. `body` is HTML. */
export const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · aftercare</title>
<link rel="icon" href="/docs/swagger/favicon-32x32.png">
<link rel="stylesheet" href="/docs/page.css">
</head>
<body><main class="page"><h1>${escapeHtml(title)}</h1>${body}</main></body>
</html>
`;

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
