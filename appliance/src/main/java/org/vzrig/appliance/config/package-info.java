/** Commands that look at configurations and make files of them, without running anything. */
package org.vzrig.appliance.config;
