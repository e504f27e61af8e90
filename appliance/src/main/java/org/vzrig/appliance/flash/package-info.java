/** Commands about firmware images and about programming boards. */
package org.vzrig.appliance.flash;
