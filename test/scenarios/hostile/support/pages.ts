import { failedPage, signedInPage, strangerPage } from '../../../../src/login/page.ts'
import type { Scene } from './scene.ts'
import type { Texts } from './slots.ts'

/** Pages that this program serves, by what they are: to a browser that comes back from a login, and as the sandbox. */
export async function pagesOf(scene: Scene, texts: Texts): Promise<ReadonlyMap<string, string>> {
  const client = await registered(scene, texts)
  const device = await post(scene, '/device_authorization', { ...client, startUrl: scene.startUrl })
  const back = 'http://127.0.0.1:1/oauth/callback'
  const asked = { response_type: 'code', client_id: client.clientId, redirect_uri: back, code_challenge_method: 'S256' }
  const strange = { code_challenge: texts.word, state: texts.word, [texts.word]: texts.word }
  const own = await signedIn(scene, texts.userKept)
  const read = async (path: string, query: Readonly<Record<string, string>> = {}, cookie = '') => {
    const answer = await fetch(`${scene.desk.endpoint}${path}?${new URLSearchParams(query)}`, { headers: { cookie } })
    return answer.text()
  }
  return new Map([
    ['a login that came back', signedInPage(texts.session)],
    ['a login that failed', failedPage],
    ['somebody else', strangerPage],
    ['the sandbox', await read('/')],
    ['no page of the sandbox', await read(`/${encodeURIComponent(texts.word.replace(/\p{Cs}/gu, ''))}`)],
    ['the portal, before', await read('/start')],
    ['the portal', await read('/start', {}, own)],
    ['a code', await read('/device', { user_code: device.userCode ?? '' })],
    ['no code', await read('/device', { user_code: texts.word })],
    ['a question', await read('/authorize', { ...asked, ...strange })],
    ['no question', await read('/authorize', { ...asked, ...strange, client_id: texts.word })],
  ])
}

async function registered(
  scene: Scene,
  { word }: Texts,
): Promise<{ readonly clientId: string; readonly clientSecret: string }> {
  const { clientId = '', clientSecret = '' } = await post(scene, '/client/register', {
    ...{ clientName: word, clientType: 'public', scopes: ['sso:account:access'] },
    ...{
      grantTypes: ['authorization_code'],
      redirectUris: ['http://127.0.0.1/oauth/callback'],
      issuerUrl: scene.startUrl,
    },
  })
  return { clientId, clientSecret }
}

async function post({ desk }: Scene, path: string, body: object): Promise<Readonly<Record<string, string>>> {
  const answer = await fetch(`${desk.endpoint}${path}`, { method: 'POST', body: JSON.stringify(body) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path}: ${text}`)
  return JSON.parse(text)
}

/** The cookie of somebody who is signed in at the portal. */
async function signedIn({ desk }: Scene, user: string): Promise<string> {
  const body = new URLSearchParams({ user })
  const answer = await fetch(`${desk.endpoint}/start`, { method: 'POST', body, redirect: 'manual' })
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';')
  if (cookie === '') throw new Error(`${user} is not signed in: ${answer.status}`)
  return cookie
}
