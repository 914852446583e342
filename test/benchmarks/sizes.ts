/**
 * What a reader's phone has to load, zipped as it is sent: our script and style sheet beside the chats that councils
 * put on their pages. Theirs bring what ours leaves to the server; the sizes are what a reader pays either way.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { createAssets } from '../../src/channels/page/assets.ts';
import { createEmbed } from '../../src/channels/page/embed.ts';
import { openContent } from '../../src/content/open.ts';
import { ROOT } from '../families/families.ts';
import { printTable } from './rounds.ts';

const require = createRequire(import.meta.url);
const { content } = await openContent(ROOT);
const assets = createAssets();
const chat = assets.file(assets.chat.replace('/assets/', ''));
const style = assets.file(assets.style('ltr').replace('/assets/', ''));
const embed = createEmbed(content, undefined)();
const ours = chat?.zipped?.length ?? 0;

const sizes: readonly (readonly [string, number, string])[] = [
  ['Fingerpost, the script of the chat', ours, '15,360'],
  ['Fingerpost, the style sheet', style?.zipped?.length ?? 0, ''],
  ['Fingerpost, embed.js', embed.zipped?.length ?? 0, '3,072'],
  ['deep-chat', zipped('deep-chat/dist/deepChat.bundle.js'), ''],
  ['Web Chat, minimal', zipped('botframework-webchat/dist/webchat-minimal.js'), ''],
  ['Web Chat, full', zipped('botframework-webchat/dist/webchat.js'), ''],
];
printTable(
  ['', 'bytes zipped', 'goal', 'peer / our script'],
  sizes.map(([name, size, goal]) => [
    name,
    size.toLocaleString('en-GB'),
    goal,
    name.startsWith('Fingerpost') ? '' : `${(size / ours).toFixed(0)} x`,
  ]),
);

function zipped(file: string): number {
  const [folder = ''] = /^[^/]+/.exec(file) ?? [];
  const path = require.resolve.paths(folder)?.[0] ?? '';
  return gzipSync(readFileSync(`${path}/${file}`), { level: 9 }).length;
}
