/** The settings of a daemon: from files, environment and command line to validated records. */
package org.vzrig.appliance.settings;
