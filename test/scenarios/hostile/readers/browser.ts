import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { chromium } from '../../../access/support/chromium.ts'

/** What became of a page in a browser. */
export interface Visit {
  /** The document after its scripts have run. */
  readonly dom: string
  readonly title: string
  /** What happened that no page of ours does: dialogs, requests, windows, errors of scripts, other addresses. */
  readonly happened: readonly string[]
}

/** A browser without a window, which is told what to do through a pipe (Chrome DevTools Protocol). */
export interface Browser {
  open(html: string): Promise<Visit>
  close(): Promise<void>
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly sessionId?: string
  readonly params?: Readonly<Record<string, unknown>>
  readonly result?: Readonly<Record<string, unknown>>
  readonly error?: unknown
}

/** Events that tell of more than reading a file. */
const telling: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => unknown>> = {
  'Page.javascriptDialogOpening': ({ type, message }) => `dialog ${type} ${message}`,
  'Page.windowOpen': ({ url }) => `window ${url}`,
  'Page.downloadWillBegin': ({ url }) => `download ${url}`,
  'Runtime.exceptionThrown': ({ exceptionDetails }) => `exception ${JSON.stringify(exceptionDetails)}`,
  'Runtime.consoleAPICalled': ({ args }) => `console ${JSON.stringify(args)}`,
  'Network.requestWillBeSent': ({ request, documentURL }) => {
    const { url } = request as { readonly url: string }
    return url === documentURL && url.startsWith('file:') ? undefined : `request ${url}`
  },
}

/** Starts the browser; its pages and its profile are in this folder. */
export async function newBrowser(folder: string): Promise<Browser> {
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--remote-debugging-pipe', '--no-first-run']
  const child = spawn(chromium ?? '', [...flags, `--user-data-dir=${join(folder, 'profile')}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  })
  const pipe = pipeOf(child)
  return {
    open: (html) => visit(pipe, mkdtempSync(join(folder, 'page-')), html),
    close: async () => {
      const gone = new Promise((resolve) => child.once('close', resolve))
      await pipe.send('Browser.close').catch(() => child.kill('SIGKILL'))
      await gone
    },
  }
}

async function visit(pipe: Pipe, folder: string, html: string): Promise<Visit> {
  const file = join(folder, 'page.html')
  writeFileSync(file, html)
  const { targetId } = await pipe.send('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = await pipe.send('Target.attachToTarget', { targetId, flatten: true })
  const session = String(sessionId)
  const happened: string[] = []
  let loaded: () => void = () => undefined
  const isLoaded = new Promise<void>((resolve) => {
    loaded = resolve
  })
  const stop = pipe.listen(session, ({ method = '', params = {} }) => {
    const told = telling[method]?.(params)
    if (told !== undefined) happened.push(String(told))
    // What waits for an answer would wait for ever.
    if (method === 'Page.javascriptDialogOpening')
      void pipe.send('Page.handleJavaScriptDialog', { accept: false }, session)
    if (method === 'Page.loadEventFired') loaded()
  })
  for (const domain of ['Page', 'Runtime', 'Network']) await pipe.send(`${domain}.enable`, {}, session)
  await pipe.send('Page.navigate', { url: `file://${file}` }, session)
  await isLoaded
  const ask = async (expression: string) => {
    const { result } = await pipe.send(
      'Runtime.evaluate',
      { expression, returnByValue: true, awaitPromise: true },
      session,
    )
    return String((result as { readonly value?: unknown }).value)
  }
  // Handlers of errors and what waits for a moment come after the page is there.
  const dom = await ask('new Promise(done => setTimeout(() => done(document.documentElement.outerHTML), 50))')
  const [title, at] = [await ask('document.title'), await ask('location.href')]
  if (at !== `file://${file}`) happened.push(`address ${at}`)
  stop()
  await pipe.send('Target.closeTarget', { targetId })
  return { dom, title, happened }
}

interface Pipe {
  send(method: string, params?: object, sessionId?: string): Promise<Readonly<Record<string, unknown>>>
  /** Hands the events of a session over until it is told to stop. */
  listen(sessionId: string, hear: (message: Message) => void): () => void
}

function pipeOf(child: ChildProcess): Pipe {
  const [to, from] = [child.stdio[3] as Writable, child.stdio[4] as Readable]
  const waiting = new Map<number, (message: Message) => void>()
  const listeners = new Map<string, (message: Message) => void>()
  const hear = (message: Message) => {
    if (message.id === undefined) return listeners.get(message.sessionId ?? '')?.(message)
    waiting.get(message.id)?.(message)
    waiting.delete(message.id)
  }
  // Messages end with a zero.
  let rest = ''
  from.setEncoding('utf8').on('data', (piece: string) => {
    const messages = (rest + piece).split('\0')
    rest = messages.pop() ?? ''
    for (const one of messages) hear(JSON.parse(one))
  })
  child.once('close', () => {
    for (const answer of waiting.values()) answer({ error: 'the browser is gone' })
  })
  let last = 0
  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        const id = ++last
        waiting.set(id, ({ result, error }) =>
          error === undefined ? resolve(result ?? {}) : reject(new Error(`${method}: ${JSON.stringify(error)}`)),
        )
        to.write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`)
      }),
    listen: (sessionId, one) => {
      listeners.set(sessionId, one)
      return () => listeners.delete(sessionId)
    },
  }
}
