/** What a click on a code lens of a clause does: the encounters behind it, as a list beside the text. */
import { commands, Location, Position, Uri, type Disposable } from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import {
  lensEncountersRequest,
  showEncountersCommand,
  type LensArguments,
  type LensEncounters,
} from '../server/protocol/clauses.ts';
import { toRange } from './places.ts';
import type { Follower } from './session.ts';

export function createLenses(): Follower & Disposable {
  let client: BaseLanguageClient | undefined;
  const command = commands.registerCommand(showEncountersCommand, async (lens: LensArguments) => {
    const places = (await client?.sendRequest<LensEncounters>(lensEncountersRequest, lens.target)) ?? [];
    await commands.executeCommand(
      'editor.action.showReferences',
      Uri.parse(lens.uri),
      new Position(lens.line, lens.character),
      places.map(locationOf),
    );
  });
  return {
    follow: (next) => {
      next.onDidChangeState(({ newState }) => {
        client = newState === State.Running ? next : undefined;
      });
    },
    dispose: () => {
      command.dispose();
    },
  };
}

const locationOf = ({ uri, range }: LensEncounters[number]): Location =>
  new Location(Uri.parse(uri), toRange(range));
