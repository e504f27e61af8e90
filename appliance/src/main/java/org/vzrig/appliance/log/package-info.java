/** Where messages go: to standard error, to the journal, and to those who watch a daemon. */
package org.vzrig.appliance.log;
