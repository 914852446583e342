import { contentIn, withTextsOf } from '../../content/area-content.ts';
import type { Brand } from '../../content/areas.ts';
import type { Content } from '../../content/content.ts';
import { createVoices, type Voice } from '../../speech/voice.ts';
import { type Asset, type Assets, createAssets } from './assets.ts';
import { createRenderer, type Face, type Renderer } from './render.ts';
import { securityHeaders } from './security.ts';

/** A page as one council shows it, on its own or in a frame. */
export interface FacedPage extends Face {
  readonly content: Content;
  readonly voices: (code: string) => Voice;
  readonly renderer: Renderer;
  /** What the page's answers say besides the headers of every answer. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Faces {
  /**
   * @param council its code; what is no council with a folder gives the page of no council
   * @param framed whether it stands in a frame
   */
  readonly of: (council: string | undefined, framed: boolean) => FacedPage;
  /**
   * Headers of a page that stands in some council's frame, we do not know whose: the form that says so could not be
   * read. It is a page that says what is wrong, and nothing else.
   */
  readonly inAFrame: Readonly<Record<string, string>>;
  /** @returns a style sheet, script or picture of any face; undefined where there is none of that name */
  readonly file: (name: string) => Asset | undefined;
}

/**
 * One server may stand on the pages of several councils. Each has its colours and its own texts; what is found for a
 * family hangs on where it lives, not on the page.
 * @param area the council whose page it is where none is named
 */
export function createFaces(content: Content, hours: number, area: string | undefined): Faces {
  // Made at first use, and only for folders that are there: made-up codes fill no memory.
  const faces = new Map<string, FacedPage>();
  const sites = new Map<string, Pick<FacedPage, 'content' | 'voices'>>();
  const sheets = new Map<string, Assets>();

  function siteOf(council: string | undefined): Pick<FacedPage, 'content' | 'voices'> {
    const found = sites.get(council ?? '');
    if (found) return found;
    const its = withTextsOf(contentIn(content, council), council);
    const made = { content: its, voices: createVoices(its) };
    sites.set(council ?? '', made);
    return made;
  }

  function sheetsOf(council: string | undefined): Assets {
    const found = sheets.get(council ?? '');
    if (found) return found;
    const made = createAssets(brandOf(council));
    sheets.set(council ?? '', made);
    return made;
  }

  function brandOf(council: string | undefined): Brand | undefined {
    return content.areas.get(council ?? '')?.brand;
  }

  function make(council: string | undefined, framed: boolean): FacedPage {
    const site = siteOf(council);
    const other = council !== area;
    const face: Face = {
      council,
      framed,
      also: `${other ? `&council=${council ?? ''}` : ''}${framed ? '&framed' : ''}`,
      fields: { ...(other ? { council: council ?? '' } : {}), ...(framed ? { framed: '1' } : {}) },
    };
    const frameAncestors = framed ? content.areas.get(council ?? '')?.embedOn : [];
    return {
      ...face,
      ...site,
      renderer: createRenderer({
        ...site,
        assets: sheetsOf(council),
        hours,
        council: brandOf(council)?.logo_text,
        face,
      }),
      headers: policyFor(frameAncestors),
    };
  }

  return {
    inAFrame: policyFor([...new Set([...content.areas.values()].flatMap(({ embedOn }) => embedOn))]),
    of: (named, framed) => {
      const council = content.areas.has(named ?? '') ? named : undefined;
      const key = `${council ?? ''} ${framed}`;
      const found = faces.get(key);
      if (found) return found;
      const made = make(council, framed);
      faces.set(key, made);
      return made;
    },
    file: (name) => {
      for (const assets of sheets.values()) {
        const found = assets.file(name);
        if (found) return found;
      }
      // Of a page from before a restart, perhaps: nobody has opened that council's page since.
      for (const council of [undefined, ...content.areas.keys()]) {
        const found = sheetsOf(council).file(name);
        if (found) return found;
      }
      return undefined;
    },
  };
}

function policyFor(frameAncestors: readonly string[] = []): Readonly<Record<string, string>> {
  const { 'Content-Security-Policy': policy = '' } = securityHeaders({ frameAncestors });
  return { 'Content-Security-Policy': policy };
}
