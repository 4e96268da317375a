/** Writing to standard output, whole: a pipe that is slow, or closed early by `head`, loses nothing and breaks nothing. */

export const writeJson = (value: unknown): Promise<void> => writeText(JSON.stringify(value, null, 2));

export function writeText(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text.endsWith('\n') || text === '' ? text : `${text}\n`, (error) => {
      if (!error) resolve();
      else if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit();
      else reject(error);
    });
  });
}
