/**
 * The status bar item: what the server is doing, always in sight, a click away from its log.
 *
 * Computed lines that are missing look like lines that are not due, so a server that is not
 * running must never look like one that found nothing.
 */
import {
  l10n,
  MarkdownString,
  StatusBarAlignment,
  ThemeColor,
  window,
  type Disposable,
  type StatusBarItem,
} from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import { statusNotification, type CodesStatus, type StatusParams } from '../server/protocol/status.ts';
import { codesMarkdown } from './codes/words.ts';

/** The status bar item, and what it can be told. */
export interface Status extends Disposable {
  /** Shows the state of `client` from now on. */
  follow(client: BaseLanguageClient): void;
}

/** Commands that the tooltip links to. */
const links = (): readonly (readonly [command: string, title: string])[] => [
  ['codingSpec.installCodeSet', l10n.t('Install a release…')],
  ['codingSpec.showCodeSets', l10n.t('Show all')],
];

/** Creates the item; a click runs `command`. `told` hears what the server says of its code sets. */
export function createStatus(command: string, told: (codes: CodesStatus) => void): Status {
  const item = window.createStatusBarItem('codingSpec.status', StatusBarAlignment.Left);
  item.name = 'Coding Spec';
  item.command = command;
  item.show();
  return {
    follow: (client) => {
      follow(item, client, told);
    },
    dispose: () => {
      item.dispose();
    },
  };
}

function follow(item: StatusBarItem, client: BaseLanguageClient, told: (codes: CodesStatus) => void): void {
  client.onNotification(statusNotification, (status: StatusParams) => {
    render(item, status);
    told(status.codes);
  });
  client.onDidChangeState(({ newState }) => {
    const status = statusOf(newState);
    if (status !== undefined) render(item, status);
  });
}

/** What the client knows without the server. A running server speaks for itself. */
function statusOf(state: State): StatusParams | undefined {
  switch (state) {
    case State.Starting:
      return own('starting', l10n.t('Starting the server'));
    case State.Stopped:
      return own('error', l10n.t('The server has stopped: no lines are computed'));
    case State.StartFailed:
      return own('error', l10n.t('The server could not be started: no lines are computed'));
    case State.Running:
      return undefined;
  }
}

function own(state: StatusParams['state'], message: string): StatusParams {
  return { state, message, files: 0, encounters: 0, codes: { releases: [], damaged: [] } };
}

function render(item: StatusBarItem, status: StatusParams): void {
  item.text = text(status);
  // What is read aloud: the icon says nothing there, and the numbers do not say how the server is doing.
  item.accessibilityInformation = {
    label: `${item.text.replace(/\$\([^)]*\) /g, '')}. ${status.message}`,
    role: 'button',
  };
  item.tooltip = tooltip(status);
  item.backgroundColor =
    status.state === 'error' ? new ThemeColor('statusBarItem.errorBackground') : undefined;
}

/** Code sets are told only of a server that runs: of another one nothing is known. */
function tooltip({ state, message, codes }: StatusParams): MarkdownString {
  const linked = links()
    .map(([command, title]) => `[${title}](command:${command})`)
    .join(' · ');
  const parts = [
    ...(state === 'ready' ? [codesMarkdown(codes, linked)] : []),
    l10n.t("Click for the server's log."),
  ];
  const text = new MarkdownString().appendText(message).appendMarkdown(`\n\n${parts.join('\n\n')}`);
  text.isTrusted = { enabledCommands: links().map(([command]) => command) };
  return text;
}

function text({ state, files, encounters }: StatusParams): string {
  switch (state) {
    case 'starting':
      return '$(loading~spin) Coding Spec';
    case 'error':
      return '$(error) Coding Spec';
    case 'ready':
      return `$(checklist) Coding Spec: ${counts(files, encounters)}`;
  }
}

function counts(files: number, encounters: number): string {
  const some = files === 1 ? l10n.t('1 file') : l10n.t('{0} files', files);
  return `${some}, ${encounters === 1 ? l10n.t('1 encounter') : l10n.t('{0} encounters', encounters)}`;
}
