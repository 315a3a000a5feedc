import type { Example } from '../contract/example.ts'

const grafana = (users: string) => `
users: { hana: { given_name: Hana, family_name: Sato, email: hana@example.com } }
applications: { Grafana: { users: ${users} } }
`

/** Hana may open an application, and no longer. */
export const example: Example = {
  address: 'application-assignment/Grafana:user:hana',
  applications: ['Grafana'],
  without: grafana('[]'),
  with: grafana('[hana]'),
  shows: ['application-assignment/Grafana:user:hana', 'hana gets application Grafana'],
  ignore: 'applications: { Grafana: { users: [] } }\nignore: { users: [hana] }\n',
  adopted: 'Grafana',
}
