import { onPostgres } from '@app/read-store/testing';
import './audit.spec.js';

onPostgres();
