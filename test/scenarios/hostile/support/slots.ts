/** Which texts a place takes: AWS by its service models, the manifest by its schema, this machine by its files. */
export interface Takes {
  /** Every character that may be there. */
  readonly character: RegExp
  /** Characters at most. */
  readonly length: number
  /** What a text of such characters must be besides. */
  readonly whole?: RegExp
}

/** A place that a text may be chosen for, and the plain text that is there in the tame world. */
export interface Slot {
  readonly token: string
  readonly takes: Takes
  /** Where a server may send what its own model forbids. */
  readonly lives: boolean
}

const one = (character: RegExp, length: number, whole?: RegExp): Takes => ({
  character,
  length,
  ...(whole && { whole }),
})

// White space at the ends of a text is warned of and quoted, which the tame world has nothing of; inside it may be.
const unpadded = /^\S(?:.*\S)?$/su

// Patterns of botocore's models and of schema/sso.schema.json, whichever is narrower.
const takes = {
  user: one(/[\p{L}\p{M}\p{S}\p{N}\p{P}]/u, 60),
  group: one(/[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r \u00a0\u3000]/u, 120),
  text: one(/[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r \u00a0\u3000]/u, 120, unpadded),
  email: one(/(?![@,;<>])[\p{L}\p{M}\p{S}\p{N}\p{P}]/u, 40),
  set: one(/[\w+=,.@-]/, 24),
  setText: one(/[\t\n\r\x20-\x7e\xa1-\xff]/, 120, unpadded),
  url: one(/[-a-zA-Z0-9+&@/%=~_|!:,.;]/, 60),
  relay: one(/[a-zA-Z0-9&$@#\\/%?=~\-_'"|!:,.;*+[\] (){}]/, 120),
  tag: one(/[\p{L}\p{Z}\p{N}_.:/=+\-@]/u, 60, /^(?!aws:|managed-by$)/i),
  policy: one(/[\x20-\xff]/, 60),
  anything: one(/[\s\S]/u, 45),
  unit: one(/[^/]/u, 45),
  // The SDK cuts names of errors at these.
  problem: one(/[^:#,]/u, 45),
  word: one(/[^\0]/u, 60),
  file: one(/[^\0/\ud800-\udfff]/u, 40),
  profile: one(/[A-Za-z0-9_@+.%:/-]/, 40, /^[^-]/),
  setting: one(/[^\p{Cc}\u2028\u2029\ud800-\udfff]/u, 60, /^(?![\s#;])(?!.*\s[#;]).*(?<!\s)$/u),
} as const

/** All places, by what they are called. Names of one kind are in the order of their letters. */
export const slots = {
  homeName: slot('a0', takes.anything, true),
  devName: slot('a1', takes.anything, true),
  prodName: slot('a2', takes.anything),
  unit: slot('o0', takes.unit),
  accountTag: slot('k0', takes.tag),
  accountTagValue: slot('k1', takes.tag),
  nickname: slot('n0', takes.profile),
  instanceName: slot('i0', takes.anything, true),
  application: slot('x0', takes.anything, true),

  userNew: slot('u0', takes.user),
  userKept: slot('u1', takes.user),
  userOther: slot('u2', takes.user, true),
  userGone: slot('u3', takes.user),
  given: slot('v0', takes.text),
  family: slot('v1', takes.text),
  display: slot('v2', takes.text),
  displayBefore: slot('v3', takes.text, true),
  title: slot('v4', takes.text),
  email: slot('v5', takes.email),
  nick: slot('v6', takes.text),
  locality: slot('v7', takes.text),

  groupNew: slot('g0', takes.group),
  groupKept: slot('g1', takes.group),
  groupOther: slot('g2', takes.group, true),
  groupGone: slot('g3', takes.group),
  groupText: slot('h0', takes.text),
  groupTextBefore: slot('h1', takes.text, true),

  setNew: slot('s0', takes.set),
  setKept: slot('s1', takes.set),
  setOther: slot('s2', takes.set, true),
  setGone: slot('s3', takes.set),
  setText: slot('d0', takes.setText),
  setTextBefore: slot('d1', takes.setText),
  relay: slot('d2', takes.relay),
  relayBefore: slot('d3', takes.relay),
  tagKey: slot('t0', takes.tag),
  tagValue: slot('t1', takes.tag),
  tagKeyBefore: slot('t2', takes.tag),
  tagValueBefore: slot('t3', takes.tag),
  statement: slot('p0', takes.policy),
  statementBefore: slot('p1', takes.policy),
  customerPolicy: slot('c0', takes.set),

  session: slot('l0', takes.profile),
  profileNew: slot('m0', takes.profile),
  profileKept: slot('m1', takes.profile),
  profileOther: slot('m2', takes.profile),
  setting: slot('m3', takes.setting),
  settingBefore: slot('m4', takes.setting),

  failure: slot('f0', takes.anything, true),
  refusal: slot('f1', takes.anything, true),
  problem: slot('f2', takes.problem),
  caller: slot('f3', takes.anything, true),
  word: slot('w0', takes.word),
  file: slot('w1', takes.file),

  issuerNew: slot('q0', takes.set),
  issuerOther: slot('q1', takes.set, true),
  issuerPath: slot('q2', takes.url),
  issuerPathOther: slot('q3', takes.url, true),
} satisfies Readonly<Record<string, Slot>>

/** What a place is called. */
export type SlotName = keyof typeof slots

/** Names of all places. */
export const slotNames = Object.keys(slots) as readonly SlotName[]

/** A text for each place. */
export type Texts = Readonly<Record<SlotName, string>>

/** Places whose texts are sorted among each other somewhere. */
export const families: readonly (readonly SlotName[])[] = [
  ['homeName', 'devName', 'prodName', 'nickname'],
  ['userNew', 'userKept', 'userOther', 'userGone'],
  ['groupNew', 'groupKept', 'groupOther', 'groupGone'],
  ['setNew', 'setKept', 'setOther', 'setGone'],
  ['issuerNew', 'issuerOther'],
  ['tagKey', 'tagKeyBefore'],
  ['session', 'profileNew', 'profileKept', 'profileOther'],
]

/** Plain texts. */
export const tame = Object.fromEntries(slotNames.map((name) => [name, slots[name].token])) as Texts

function slot(id: string, takes: Takes, lives = false): Slot {
  return { token: `zq${id}qz`, takes, lives }
}
