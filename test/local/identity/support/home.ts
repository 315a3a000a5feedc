import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Puts into a home what it holds beside the two files: logins that still work, a token, a program. */
export function loginsIn(home: string): void {
  const tokens = join(home, '.aws', 'sso', 'cache')
  const logins = join(home, '.aws', 'login', 'cache')
  for (const folder of [tokens, logins]) mkdirSync(folder, { recursive: true })
  for (const key of ['corp', 'https://d-1234567890.awsapps.com/start'])
    writeFileSync(
      join(tokens, `${createHash('sha1').update(key).digest('hex')}.json`),
      JSON.stringify({
        startUrl: 'https://d-1234567890.awsapps.com/start',
        region: 'eu-west-1',
        accessToken: 'access',
        expiresAt: '2099-01-01T00:00:00Z',
      }),
    )
  const arn = 'arn:aws:iam::111122223333:user/noah'
  writeFileSync(
    join(logins, `${createHash('sha256').update(arn).digest('hex')}.json`),
    JSON.stringify({
      accessToken: {
        accessKeyId: 'ASIALOGIN1',
        secretAccessKey: 'x',
        sessionToken: 'x',
        accountId: '111122223333',
        expiresAt: '2099-01-01T00:00:00Z',
      },
      refreshToken: 'x',
      dpopKey: 'x',
      clientId: 'x',
    }),
  )
  writeFileSync(join(home, 'token'), 'token')
  writeFileSync(
    join(home, 'process.sh'),
    `echo '{"Version":1,"AccessKeyId":"AKIAPROCESS1","SecretAccessKey":"x","SessionToken":"x"}'\n`,
  )
}
