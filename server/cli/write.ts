/** Writing to standard output, whole: a pipe that is slow, or closed early by `head`, loses nothing and breaks nothing. */

export const writeJson = (value: unknown): Promise<void> => writeText(JSON.stringify(value, null, 2));

export const writeText = (text: string): Promise<void> =>
  writeExactly(text.endsWith('\n') || text === '' ? text : `${text}\n`);

/** For a text that is a file: nothing is added to it. */
export function writeExactly(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (!error) resolve();
      else if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit();
      else reject(error);
    });
  });
}
