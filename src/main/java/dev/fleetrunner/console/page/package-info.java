/** What every page of the console shares: answers, failures, words for numbers and times. */
package dev.fleetrunner.console.page;
