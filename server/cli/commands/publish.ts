/** `coding-spec publish`: a specification back to an article, as Markdown or as one self-contained HTML page. */
import path from 'node:path';
import { Option, type Command } from 'commander';
import {
  articleOf,
  kindOfFile,
  problemReport,
  problemsOf,
  renderHtml,
  renderMarkdown,
  type Analysis,
  type Article,
  type FileId,
} from '../../core/index.ts';
import { loadWorkspace, STDIN } from '../files.ts';
import { EXIT, isFinding } from '../findings.ts';
import { problemText } from '../report/shared/problem-text.ts';
import { UsageError } from '../usage-error.ts';
import { writeJson, writeText } from '../write.ts';
import { writeFiles } from './shared/write-files.ts';

interface PublishOptions {
  readonly to: 'markdown' | 'html';
  readonly out?: string;
  readonly format: 'text' | 'json';
}

export function addPublish(program: Command): void {
  program
    .command('publish')
    .description('write specifications as articles, in Markdown or HTML')
    .argument('<paths...>', 'specification files, folders and globs; - is standard input')
    .addOption(new Option('--to <kind>', 'what to write').choices(['markdown', 'html']).default('markdown'))
    .addOption(
      new Option('--format <format>', 'json writes the article as data')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--out <folder>', 'a folder for one file per specification, in place of standard output')
    .action(async (paths: string[], options: PublishOptions) => {
      const { host, asked } = await loadWorkspace({
        paths,
        rules: [],
        library: true,
        settings: { severity: {} },
      });
      const analysis = host.snapshot();
      const specs = asked.filter((file) => file === STDIN || kindOfFile(file) === 'spec');
      const articles = specs.flatMap((file) => articlesOf(analysis, file));
      const errors = specs
        .flatMap((file) => problemsOf(analysis, file))
        .map((found) => problemReport(analysis, found))
        .filter(isFinding);
      for (const error of errors) console.error(problemText(error));
      if (articles.length === 0)
        throw new UsageError(`${paths.join(' ')}: no specifications here; their files end in .spec.yaml.`);
      await write(articles, options);
      process.exitCode = errors.length > 0 ? EXIT.findings : EXIT.fine;
    });
}

interface NamedArticle {
  readonly name: string;
  readonly article: Article;
}

/** Versions of one code in one file are told apart by their number in the file. */
function articlesOf(analysis: Analysis, file: FileId): NamedArticle[] {
  const documents = analysis.documents(file);
  const base = path.basename(file).replace(/\.spec\.ya?ml$/i, '');
  return documents.flatMap(({ source, index }): NamedArticle[] => {
    const article = articleOf(analysis.parsed(source));
    return article ? [{ name: documents.length > 1 ? `${base}-${String(index + 1)}` : base, article }] : [];
  });
}

async function write(articles: readonly NamedArticle[], { to, out, format }: PublishOptions): Promise<void> {
  const render = to === 'html' ? renderHtml : renderMarkdown;
  if (out === undefined) {
    if (format === 'json') return writeJson({ articles: articles.map(({ article }) => article) });
    if (to === 'html' && articles.length > 1)
      throw new UsageError('Several specifications make several pages: name a folder with --out.');
    return writeText(articles.map(({ article }) => render(article)).join('\n\n'));
  }
  const suffix = format === 'json' ? 'json' : to === 'html' ? 'html' : 'md';
  const text = (article: Article): string =>
    format === 'json' ? `${JSON.stringify(article, null, 2)}\n` : render(article);
  return writeFiles(
    out,
    suffix,
    articles.map(({ name, article }) => ({ name, text: text(article) })),
  );
}
