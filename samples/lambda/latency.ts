export const handler = async ({ url, limitMs }: { url: string; limitMs: number }) => {
  const start = Date.now();
  await fetch(url);
  return { approved: Date.now() - start <= limitMs };
};
