/** A row without `wrapped` is a tombstone: that key is never made again. */
export const postgresKeySchema = `
create schema if not exists desk;
create table if not exists desk.vault_key (id text collate "C" primary key, wrapped text);
create or replace function desk.vault_key_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then raise exception 'a key leaves a tombstone'; end if;
  if old.wrapped is null then raise exception 'a destroyed key stays destroyed'; end if;
  return new;
end $$;
create or replace trigger vault_key_stays before delete or update on desk.vault_key
for each row execute function desk.vault_key_stays();
`;
