/**
 * What we use of a Bot Framework activity, in the words of the activity protocol
 * (https://github.com/microsoft/Agents/blob/main/specs/activity/protocol-activity.md). The protocol outlives the SDKs
 * that speak it, so this is our own type; what comes from outside may lack any of it.
 */
export interface Activity {
  readonly type: string;
  readonly id?: string;
  readonly timestamp?: string;
  readonly channelId?: string;
  readonly conversation?: { readonly id?: string; readonly isGroup?: boolean };
  readonly from?: Account;
  readonly recipient?: Account;
  readonly replyToId?: string;
  readonly locale?: string;
  readonly text?: string;
  readonly textFormat?: string;
  readonly inputHint?: string;
  /** "hero" and "list" cards with buttons. What others attach is never fetched. */
  readonly attachments?: readonly Attachment[];
  readonly attachmentLayout?: string;
  readonly suggestedActions?: { readonly to?: readonly string[]; readonly actions: readonly CardAction[] };
  readonly value?: unknown;
  readonly membersAdded?: readonly Account[];
  readonly serviceUrl?: string;
  readonly channelData?: unknown;
}

export interface Account {
  readonly id?: string;
  readonly name?: string;
  readonly role?: string;
}

export interface CardAction {
  readonly type: 'imBack' | 'postBack' | 'messageBack' | 'openUrl';
  readonly title: string;
  readonly value: unknown;
  readonly text?: string;
  readonly displayText?: string;
}

export interface Attachment {
  readonly contentType: string;
  readonly content?: unknown;
  readonly contentUrl?: string;
}

/** Takes an activity and gives what to answer, in order. */
export interface Bot {
  (activity: Activity): Promise<readonly Activity[]>;
  /** @returns whether it is answered however many wait before it. */
  readonly isUrgent?: (activity: Activity) => boolean;
}
