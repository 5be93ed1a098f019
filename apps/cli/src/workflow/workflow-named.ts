import { answered, everyItem } from '@coord/client/index';
import type { Context } from '../context';
import { EXIT, Failure } from '../failure';
import { wholeId } from '../short-id';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id of the workflow that the command line names: by its name in the project of the settings, by its id (then nothing is asked of the engine), or by an end of that.
 * @throws Failure when there is none, or several may be meant
 */
export async function workflowNamed({ api, settings: { project_key } }: Context, given: string): Promise<string> {
  if (ID.test(given)) return given;
  const query = project_key === null ? {} : { project_key };
  const workflows = await everyItem((at) => answered(api.GET('/api/coord/workflows', { params: { query: { ...at, ...query } } })));
  const named = workflows.filter(({ name }) => name === given);
  const [only] = named;
  if (only && named.length === 1) return only.id;
  if (only) throw new Failure(`${named.length} workflows are called ${JSON.stringify(given)}: give the id (\`coord workflow list\`).`, EXIT.usage);
  const id = await wholeId('workflow', given, async () => workflows.map((workflow) => workflow.id));
  if (ID.test(id)) return id;
  const where = project_key === null ? '' : ` of ${project_key}`;
  throw new Failure(`No workflow${where} is called ${JSON.stringify(given)}: \`coord workflow list\` shows them.`, EXIT.notFound);
}
