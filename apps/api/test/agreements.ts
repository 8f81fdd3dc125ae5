import type { Person } from './support.js';

const query = `query ($id: ID!) { agreement(id: $id) { status version text reviewOn lapsesOn endedOn
  moments(first: 50) { nodes { kind version day } }
  versions(first: 20) { nodes { number how text decidedOn reviewOn proposal { id } } }
  proposal { id } endedBy { id } supersedes { id status } supersededBy { id } logEntry { label } } }`;

/** An agreement as somebody reads it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export const agreementRead = async (by: Person, id: string): Promise<any> => (await by.gets(query, { id })).agreement;

/** The agreement that a proposal became, or changed. */
export async function agreementFrom(by: Person, proposalId: string): Promise<string> {
  const became = 'query ($id: ID!) { proposal(id: $id) { agreement { id } } }';
  return (await by.gets(became, { id: proposalId })).proposal.agreement.id;
}

/** What a proposal says of an agreement. */
export const change = (agreementId: string, baseVersion: number, action: string): { readonly agreement: object } => ({
  agreement: { agreementId, baseVersion, action },
});
